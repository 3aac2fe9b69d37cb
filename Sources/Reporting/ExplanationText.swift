package import Campaign

/// Which calls get which verdict, for people: the strictest first.
package struct ExplanationText {
  let explanation: Explanation

  package init(_ explanation: Explanation) { self.explanation = explanation }

  package var text: String {
    var page = TextPage()
    let count = Numbers.counted(explanation.answers.count, "answer")
    page.paragraph("\(explanation.source): \(count), for all inputs.", indent: 0, hanging: 2)
    if let reason = explanation.unfinished {
      page.paragraph("This is not all: \(reason).", hanging: 2)
    }
    for answer in explanation.answers {
      page.heading(answer.verdicts.joined(separator: " or "))
      if answer.verdicts.count > 1 { page.paragraph("contested: the text leaves open which") }
      for region in answer.regions {
        page.paragraph(
          RegionText.calls(region.inShort ?? region.calls)
            + (region.condition == Self.always ? "" : " where \(region.condition)"), hanging: 2)
      }
    }
    return page.text
  }

  private static let always = "whatever the arguments are"
}
