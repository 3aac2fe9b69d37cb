import Campaign
import Foundation
import Reporting

let options = CommandLine.arguments
var fuzz = FuzzOptions(seed: UInt64(options[1]) ?? 1, directory: options[2], workers: 2)
fuzz.duration = .seconds(Int(options[3]) ?? 10)
let summary = try FuzzCampaign(fuzz).run { _ in }
let e = JSONEncoder(); e.outputFormatting = [.prettyPrinted, .sortedKeys]
print(String(decoding: try e.encode(summary), as: UTF8.self))
