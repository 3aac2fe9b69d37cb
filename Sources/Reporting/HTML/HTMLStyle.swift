/// The look of a page: dark on light or light on dark as the reader's system has it, and for paper.
enum HTMLStyle {
  static let css =
    """
    :root{--ink:#1d2125;--soft:#59636e;--rule:#dde2e7;--paper:#fff;--panel:#f5f7f9;--good:#00694d;--bad:#b00020;\
    --accent:#0b5f95;color-scheme:light dark}
    @media (prefers-color-scheme:dark){:root{--ink:#e6eaee;--soft:#a3adb8;--rule:#2f363d;--paper:#14181c;--panel:#1c2126;\
    --good:#4fd0a5;--bad:#ff7a88;--accent:#7cc0ee}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI","Helvetica Neue",\
    Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
    main{max-width:1008px;margin:0 auto;padding:48px 24px 64px}
    header{padding-bottom:8px}
    .eyebrow{margin:0 0 12px;color:var(--soft);font-size:14px;overflow-wrap:anywhere}
    .command{font-weight:600;color:var(--ink)}.command::after{content:"·";margin:0 .35em 0 .5em;color:var(--soft);font-weight:400}
    h1{margin:0 0 16px;font-size:clamp(25px,3.6vw,38px);line-height:1.18;font-weight:650;letter-spacing:-.015em;\
    text-wrap:balance;max-width:26em;overflow-wrap:anywhere}
    .sign{font-weight:500}.good .sign{color:var(--good)}.bad .sign{color:var(--bad)}
    .lead{margin:0 0 10px;font-size:18px;max-width:42em;color:var(--soft)}
    section{margin-top:44px}
    h2{margin:0 0 14px;padding-top:14px;border-top:1px solid var(--rule);font-size:21px;line-height:1.3;font-weight:650;\
    letter-spacing:-.005em;text-wrap:balance}
    h3{margin:0 0 10px;font-size:16px;line-height:1.4;font-weight:600;overflow-wrap:anywhere}
    p{margin:0 0 12px;max-width:44em}ul{margin:0 0 14px;padding-left:1.25em;max-width:44em}li{margin:0 0 5px;overflow-wrap:anywhere}
    dl{margin:18px 0 0;font-size:15px}
    dl>div{display:grid;grid-template-columns:minmax(7.5em,12em) minmax(0,1fr);gap:0 16px;padding:6px 0;border-top:1px solid var(--rule)}
    dl>div:first-child{border-top:0}dt{color:var(--soft);grid-row:1/span 40}dd{margin:0;grid-column:2;overflow-wrap:anywhere}
    code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em}
    code{overflow-wrap:anywhere;unicode-bidi:isolate}
    pre{margin:0 0 14px;padding:10px 14px;background:var(--panel);border-radius:4px;white-space:pre-wrap;\
    overflow-wrap:anywhere;line-height:1.5;font-size:13.5px}
    .table{margin:0 0 16px;overflow-x:auto;max-width:100%}
    table{border-collapse:collapse;font-size:15px;line-height:1.4}
    caption{text-align:left;color:var(--soft);font-size:14px;padding:0 0 8px}
    th{font-weight:600;font-size:13.5px;color:var(--soft);text-align:left;vertical-align:bottom;border-bottom:1px solid var(--soft);white-space:nowrap}
    td{vertical-align:top;border-bottom:1px solid var(--rule)}th,td{padding:6px 22px 6px 0}
    th:last-child,td:last-child{padding-right:4px}
    th.number,td.number{text-align:right;white-space:nowrap}td.words{min-width:8em;overflow-wrap:break-word}td code{overflow-wrap:break-word}
    tr.marked td{font-weight:600}tr.marked td:first-child{box-shadow:inset 3px 0 var(--bad);padding-left:10px}
    figure{margin:4px 0 18px}figcaption{margin-top:10px;color:var(--soft);font-size:14px;line-height:1.5;max-width:52em}
    .wide .plot,.narrow .plot{display:block}.narrow{display:none}
    article{margin:0 0 18px;padding:14px 18px 6px;background:var(--panel);border-left:4px solid var(--soft);border-radius:0 4px 4px 0}
    article.new{border-left-color:var(--bad)}article pre{background:var(--paper)}article dl{margin:0 0 10px}
    .label{display:inline-block;margin-right:.5em;font-size:12px;line-height:1.5;letter-spacing:.06em;text-transform:uppercase;\
    font-weight:700;color:var(--soft)}.new .label{color:var(--bad)}
    details{margin:0 0 10px}summary{cursor:pointer;color:var(--accent)}details[open]>summary{margin-bottom:8px}
    footer{margin-top:56px;padding-top:14px;border-top:1px solid var(--rule);color:var(--soft);font-size:13.5px}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
    @media screen and (max-width:760px){.many table{min-width:600px}main{padding:28px 28px 48px}.wide{display:none}.narrow{display:block}
    .narrow .plot{width:100%;max-width:520px}
    .lead{font-size:16.5px}section{margin-top:34px}h2{font-size:19px}
    dl>div{grid-template-columns:minmax(0,1fr)}dt{grid-row:auto;font-size:13.5px}dd{grid-column:1}th,td{padding-right:16px}}
    @media print{:root{--ink:#000;--soft:#444;--rule:#ccc;--paper:#fff;--panel:#f4f4f4;--good:#00694d;--bad:#b00020;\
    --accent:#000;color-scheme:light}
    @page{margin:16mm 14mm}body{font-size:10.5pt;background:#fff}main{max-width:none;padding:0}h1{font-size:22pt}h2{font-size:14pt}
    .wide{display:block}.narrow{display:none}.wide .plot{width:auto;height:auto;max-width:100%;max-height:225mm}
    section{margin-top:20pt}h2,h3{break-after:avoid}tr,article dl>div,li{break-inside:avoid}thead{display:table-header-group}
    figure{break-inside:avoid}.table{overflow:visible}details.screen{display:none}
    details::details-content{content-visibility:visible;block-size:auto;height:auto}}

    """
}
