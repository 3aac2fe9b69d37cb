/// How pictures look: one style for all, in a page or in a file of its own.
package enum PlotStyle {
  /// Series have this many colours, by Okabe and Ito's palette: told apart by people who do not see red and green alike.
  /// A second cue, the form of the mark or the dashes of the line, always goes with them.
  static let colours = 6

  package static let css =
    """
    .plot{--p-ink:#1d2125;--p-soft:#59636e;--p-rule:#e1e5ea;--p-axis:#8b949e;--p-paper:#fff;\
    --p-1:#0072b2;--p-2:#c8500a;--p-3:#00805e;--p-4:#a8467f;--p-5:#8a6500;--p-6:#4a4f9c;\
    --p-allow:#cfe3f1;--p-allow-ink:#2d6f9e;--p-deny:#f3b562;--p-deny-ink:#5c3600;--p-kill:#a33b00;--p-kill-ink:#fff;\
    --p-ask:#c9a7d8;--p-ask-ink:#43205a;--p-log:#9fd8c4;--p-log-ink:#00513b;--p-mark:#c4001d;\
    font-family:system-ui,-apple-system,"Segoe UI","Helvetica Neue",Arial,sans-serif;font-size:12px;\
    font-variant-numeric:tabular-nums;color:var(--p-ink);max-width:100%;height:auto}
    @media (prefers-color-scheme:dark){.plot{--p-ink:#e6eaee;--p-soft:#a3adb8;--p-rule:#2c333b;--p-axis:#6b7681;\
    --p-paper:#14181c;--p-1:#5ab4ec;--p-2:#f59350;--p-3:#3cc79d;--p-4:#e295bf;--p-5:#dcb43c;--p-6:#a3a8f0;\
    --p-allow:#1f4560;--p-allow-ink:#a9d4f2;--p-deny:#a86a12;--p-deny-ink:#fff3df;--p-kill:#e8683a;--p-kill-ink:#210900;\
    --p-ask:#6d4685;--p-ask-ink:#f2e0fb;--p-log:#1d6a52;--p-log-ink:#c6f3e3;--p-mark:#ff6b7d}}
    @media print{.plot{--p-ink:#000;--p-soft:#444;--p-rule:#ddd;--p-axis:#777;--p-paper:#fff;\
    --p-1:#0072b2;--p-2:#c8500a;--p-3:#00805e;--p-4:#a8467f;--p-5:#8a6500;--p-6:#4a4f9c;\
    --p-allow:#cfe3f1;--p-allow-ink:#2d6f9e;--p-deny:#f3b562;--p-deny-ink:#5c3600;--p-kill:#a33b00;--p-kill-ink:#fff;\
    --p-ask:#c9a7d8;--p-ask-ink:#43205a;--p-log:#9fd8c4;--p-log-ink:#00513b;--p-mark:#c4001d;\
    print-color-adjust:exact;-webkit-print-color-adjust:exact}}
    .plot text{fill:var(--p-ink)}.plot .soft{fill:var(--p-soft)}.plot .small{font-size:11px}
    .plot .halo{paint-order:stroke;stroke:var(--p-paper);stroke-width:3px;stroke-linejoin:round}\
    .plot .tiny{font-size:9px;fill:var(--p-soft)}.plot .flag{font-weight:700;fill:var(--p-mark)}
    .plot .grid{stroke:var(--p-rule);fill:none}.plot .axis{stroke:var(--p-axis);fill:none}
    .plot .floor{fill:var(--p-soft);opacity:.13}
    .plot .line{fill:none;stroke-width:1.75;stroke-linejoin:round}.plot .fit{fill:none;stroke-width:1.5}
    .plot .band{stroke:none;opacity:.18}
    .plot .mark{stroke:var(--p-paper);stroke-width:1}.plot .hollow{fill:var(--p-paper);stroke-width:1.25;stroke-dasharray:3 2}
    .plot .interval{fill:none;stroke:var(--p-ink);stroke-width:1.25}
    .plot .d1{stroke-dasharray:6 3}.plot .d2{stroke-dasharray:2 3}.plot .d3{stroke-dasharray:9 3 2 3}
    .plot .d4{stroke-dasharray:12 4}.plot .d5{stroke-dasharray:4 2 1 2}
    \((1...colours).map { ".plot .s\($0){stroke:var(--p-\($0))}.plot .f\($0){fill:var(--p-\($0))}" }.joined())
    \(cells)
    """

  /// The paints of ``MatrixPlot`` cells: a field, and the ink for the sign on it.
  private static let cells =
    ["allow", "deny", "kill", "ask", "log"].map {
      ".plot .c-\($0){fill:var(--p-\($0))}.plot .i-\($0){stroke:var(--p-\($0)-ink);fill:none;stroke-width:1.4}"
    }.joined()
    + ".plot .c-none{fill:var(--p-rule);opacity:.55}.plot .i-none{stroke:var(--p-soft);fill:none;stroke-width:1}"
    + ".plot .found{fill:none;stroke:var(--p-mark);stroke-width:2}.plot .found-sign{fill:var(--p-mark)}"
    + ".plot .open-sign{fill:none;stroke:var(--p-ink);stroke-width:1.25}"
    + ".plot .touch{fill:transparent}.plot .touch:hover{fill:var(--p-ink);fill-opacity:.09}"
}
