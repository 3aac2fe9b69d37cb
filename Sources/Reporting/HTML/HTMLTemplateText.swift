/// The templates' text, in Mustache. Elements are closed as XML wants it, so that a page can be checked by a strict reader.
/// The templates of running text have no line ends: a blank between words and code would be seen.
enum HTMLTemplateText {
  static let all = ["page": page, "blocks": blocks, "text": text, "entries": entries, "table": table]

  private static let page = """
    <!DOCTYPE html>
    <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
    <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
    base-uri 'none'; form-action 'none'" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>{{subject}} – {{command}}</title>
    <link rel="icon" href="data:," />
    <style>{{{style}}}</style>
    </head>
    <body>
    <main>
    <header class="{{tone}}">
    <p class="eyebrow"><span class="command">{{command}}</span> <span class="subject">{{subject}}</span></p>
    <h1>{{#hasSign}}<span class="sign" aria-hidden="true">{{sign}}</span> {{/hasSign}}{{answer}}</h1>
    {{#lead}}<p class="lead">{{>text}}</p>
    {{/lead}}
    {{#hasFacts}}{{#facts}}{{>entries}}{{/facts}}{{/hasFacts}}
    </header>
    {{#sections}}<section>
    <h2>{{heading}}</h2>
    {{>blocks}}
    </section>
    {{/sections}}
    <footer><p>Written {{written}} by seccomp-crosscheck. This file is whole: it fetches nothing and runs nothing.</p></footer>
    </main>
    </body>
    </html>

    """

  private static let text =
    "{{#runs}}{{#words}}{{words}}{{/words}}{{#code}}<code>{{code}}</code>{{/code}}"
    + "{{#strong}}<strong>{{strong}}</strong>{{/strong}}{{/runs}}"

  private static let entries =
    "<dl>{{#entries}}<div><dt>{{term}}</dt>{{#texts}}<dd>{{>text}}</dd>{{/texts}}</div>{{/entries}}</dl>"

  private static let blocks = """
    {{#blocks}}
    {{#prose}}<p>{{>text}}</p>{{/prose}}
    {{#list}}<ul>{{#items}}<li>{{>text}}</li>{{/items}}</ul>{{/list}}
    {{#definitions}}{{>entries}}{{/definitions}}
    {{#table}}{{>table}}{{/table}}
    {{#figure}}<figure><div class="wide">{{{wide}}}</div><div class="narrow">{{{narrow}}}</div>\
    {{#caption}}<figcaption>{{>text}}</figcaption>{{/caption}}</figure>{{/figure}}
    {{#pre}}<pre class="code" tabindex="0">{{text}}</pre>{{/pre}}
    {{#finding}}<article class="finding {{class}}"><h3><span class="label">{{label}}</span> {{headline}}</h3>{{{content}}}</article>{{/finding}}
    {{#details}}<details class="{{class}}"><summary>{{title}}</summary>{{{content}}}</details>{{/details}}
    {{/blocks}}
    """

  private static let table = """
    <div class="table {{size}}" tabindex="0"><table>{{#hasCaption}}<caption>{{caption}}</caption>{{/hasCaption}}\
    <thead><tr>{{#columns}}<th scope="col" class="{{kind}}">{{name}}</th>{{/columns}}</tr></thead>\
    <tbody>{{#rows}}<tr class="{{class}}">{{#cells}}<td class="{{kind}}">{{#text}}{{>text}}{{/text}}</td>{{/cells}}</tr>{{/rows}}</tbody>\
    </table></div>
    """
}
