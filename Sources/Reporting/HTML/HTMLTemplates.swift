import Foundation
import Mustache

/// The templates of a page, filled by Mustache. What is escaped is escaped as ``Markup`` does; only our own pictures and
/// style are put in as they are.
enum HTMLTemplates {
  static func page(_ page: HTMLPage) -> String {
    let values: [String: Any] = [
      "style": HTMLStyle.css + PlotStyle.css, "command": page.command, "subject": page.subject,
      "answer": page.answer, "tone": page.tone.rawValue, "hasSign": page.tone != .neutral,
      "sign": sign(of: page.tone),
      "lead": page.lead.map(runs), "facts": definitions(page.facts),
      "hasFacts": !page.facts.entries.isEmpty, "written": time(page.written),
      "sections": page.sections.map { section in
        ["heading": section.heading, "blocks": section.blocks.map(block)] as [String: Any]
      },
    ]
    return render("page", values)
  }

  private static func sign(of tone: HTMLPage.Tone) -> String {
    switch tone {
    case .good: "✓"
    case .bad: "✗"
    case .neutral: ""
    }
  }

  /// In UTC, to the minute.
  private static func time(_ date: Date) -> String {
    let text = date.formatted(
      Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .gmt).year().month().day().time(
        includingFractionalSeconds: false))
    return String(text.prefix(16)) + " UTC"
  }

  // MARK: Values

  private static func runs(_ text: HTMLText) -> [String: Any] {
    [
      "runs": text.runs.map { run -> [String: String] in
        switch run {
        case .words(let text): ["words": text]
        case .code(let text): ["code": text]
        case .strong(let text): ["strong": text]
        }
      }
    ]
  }

  private static func definitions(_ table: DefinitionTable) -> [String: Any] {
    [
      "entries": table.entries.map { entry in
        ["term": entry.term, "texts": entry.texts.map(runs)] as [String: Any]
      }
    ]
  }

  /// A dictionary with one key for the kind of block, under which its own values are.
  private static func block(_ block: HTMLBlock) -> [String: Any] {
    switch block {
    case .prose(let text): ["prose": runs(text)]
    case .list(let items): ["list": ["items": items.map(runs)]]
    case .definitions(let table): ["definitions": definitions(table)]
    case .table(let table): ["table": values(of: table)]
    case .figure(let figure):
      [
        "figure": [
          "wide": figure.wide.inline, "narrow": figure.narrow.inline, "caption": runs(figure.caption),
        ] as [String: Any]
      ]
    case .code(let text): ["pre": ["text": text]]
    case .finding(let finding):
      [
        "finding": [
          "label": finding.label, "class": finding.isNew ? "new" : "known", "headline": finding.headline,
          "content": rendered(finding.blocks),
        ]
      ]
    case .details(let title, let blocks):
      ["details": ["title": title, "content": rendered(blocks), "class": "printed"]]
    case .appendix(let title, let blocks):
      ["details": ["title": title, "content": rendered(blocks), "class": "screen"]]
    }
  }

  /// Blocks within a block: their text, made by the same templates.
  private static func rendered(_ blocks: [HTMLBlock]) -> String {
    render("blocks", ["blocks": blocks.map(block)])
  }

  private static func values(of table: DataTable) -> [String: Any] {
    func kind(_ column: Int) -> String {
      table.columns.indices.contains(column) && table.columns[column].alignment == .number
        ? "number" : "words"
    }
    return [
      "size": table.columns.count > 3 ? "many" : "few", "hasCaption": table.caption != nil,
      "caption": table.caption ?? "",
      "columns": table.columns.enumerated().map { ["name": $1.name, "kind": kind($0)] },
      "rows": table.rows.map { row in
        [
          "class": row.isMarked ? "marked" : "plain",
          "cells": row.cells.enumerated().map { index, cell in
            ["kind": kind(index), "text": runs(cell)] as [String: Any]
          },
        ] as [String: Any]
      },
    ]
  }

  // MARK: Mustache

  private static func render(_ name: String, _ values: [String: Any]) -> String {
    guard let text = library.render(values, withTemplate: name) else {
      preconditionFailure("there is no template '\(name)'")
    }
    return text
  }

  private static let library: MustacheLibrary = {
    MustacheContentTypes.register(Escaping(), named: "MARKUP")
    do {
      // Every template says it: a partial begins with Mustache's own escaping.
      return MustacheLibrary(
        templates: try HTMLTemplateText.all.mapValues {
          try MustacheTemplate(string: "{{% CONTENT_TYPE:MARKUP}}" + $0)
        })
    } catch {
      preconditionFailure("a page's template: \(error)")
    }
  }()

  /// Mustache's own escaping goes by Characters, and misses a quotation mark with a combining mark behind it.
  private struct Escaping: MustacheContentType {
    func escapeText(_ text: String) -> String { Markup.escaped(text) }
  }
}
