/// How the page looks: on a screen of any width, light or dark, and on paper. Holds no `<` and no `&`, so that the page is
/// well-formed XML as well.
enum PageStyle {
  /// The style sheet.
  static let sheet = """

    :root{color-scheme:light dark;--paper:#fff;--ink:#1b2027;--soft:#545d68;--line:#d3d9e0;--pane:#f5f7f9;--link:#0a4c94;
    --good:#0d5c2a;--good-pane:#dcf5e2;--doubtful:#6f4200;--doubtful-pane:#fdf0c8;--bad:#960f20;--bad-pane:#fde7e5;
    --plain:#3d4650;--plain-pane:#e9edf1;
    --mono:ui-monospace,"SFMono-Regular","Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
    @media (prefers-color-scheme:dark){:root{--paper:#0f1319;--ink:#e4eaf0;--soft:#a3adb8;--line:#333b45;--pane:#171d25;
    --link:#84bcff;--good:#6fdc8f;--good-pane:#11291a;--doubtful:#eec159;--doubtful-pane:#2d240f;--bad:#ff9d97;
    --bad-pane:#381719;--plain:#c2cad3;--plain-pane:#242b34}}
    *{box-sizing:border-box}
    html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0 auto;max-width:84rem;padding:0 clamp(.9rem,3vw,2.5rem) 3rem;background:var(--paper);color:var(--ink);
    font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
    a{color:var(--link);text-underline-offset:.15em}
    a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
    .skip{position:absolute;left:-100rem;top:.5rem;padding:.5rem 1rem;background:var(--paper);z-index:2}
    .skip:focus{left:.5rem}
    h1,h2,h3,h4{line-height:1.25;margin:0;text-wrap:balance}
    h1{font-size:clamp(1.6rem,4.5vw,2.3rem);letter-spacing:-.015em}
    h2{font-size:1.35rem}h3{font-size:1.05rem}h4{font-size:1rem;margin:1.4rem 0 .4rem}
    p{margin:.7rem 0;max-width:76ch}
    code,pre{font-family:var(--mono);font-size:.86em;unicode-bidi:isolate}
    pre{margin:.6rem 0;padding:.7rem .9rem;background:var(--pane);border:1px solid var(--line);border-radius:6px;overflow-x:auto;
    white-space:pre-wrap}
    pre code{font-size:1em}
    .whole{white-space:nowrap}
    pre .whole{white-space:inherit}
    .top{padding:clamp(.8rem,3vw,1.8rem) 0 .9rem;border-bottom:2px solid var(--ink)}
    .kind{margin:0 0 .2rem;font-size:.8rem;letter-spacing:.14em;text-transform:uppercase;color:var(--soft)}
    .facts{display:flex;flex-wrap:wrap;gap:.1rem 1.6rem;margin:.5rem 0 0;font-size:.9rem}
    .facts div{display:flex;gap:.5rem}
    .facts dt{color:var(--soft);flex:none}.facts dd{margin:0;min-width:0}
    nav{margin-top:1.4rem;padding:.7rem 0;border:solid var(--line);border-width:1px 0;font-size:.92rem}
    nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;margin:0;padding:0;list-style:none}
    nav a{display:inline-block;padding:.15rem 0}
    section{padding-top:2.2rem}
    section.answer{padding-top:1.2rem}
    .count,.soft,.more,.why,figcaption,.legend{color:var(--soft)}
    h2 .count,summary .count{font-weight:400;font-size:.95rem}
    .verdict{padding:1rem 1.2rem;border-left:.5rem solid;border-radius:6px}
    .verdict h2{font-size:clamp(1.25rem,3.2vw,1.7rem)}
    .verdict p{color:var(--ink);margin-bottom:0;max-width:none}
    .status{font-weight:600;margin-right:.4rem}
    .good{color:var(--good);background:var(--good-pane)}.doubtful{color:var(--doubtful);background:var(--doubtful-pane)}
    .bad{color:var(--bad);background:var(--bad-pane)}.plain{color:var(--plain);background:var(--plain-pane)}
    .chip{display:inline-block;padding:.02rem .5rem;border-radius:1rem;font-size:.8rem;font-weight:600;line-height:1.5;
    font-variant-numeric:tabular-nums;white-space:nowrap}
    .halves{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1rem 2.2rem;margin-top:1.2rem}
    .half h3{padding-bottom:.35rem;border-bottom:1px solid var(--line)}
    .points{list-style:none;margin:.3rem 0 0;padding:0}
    .points li{padding:.32rem 0;border-bottom:1px solid var(--line)}
    .points a{font-weight:600}
    .why{font-size:.93rem}
    .blind{font-size:.93rem;max-width:none}
    table{width:100%;border-collapse:collapse;margin:1rem 0;font-size:.93rem}
    caption{text-align:left;font-weight:600;padding:.3rem 0}
    th,td{text-align:left;vertical-align:top;padding:.42rem .8rem .42rem 0;border-bottom:1px solid var(--line)}
    th{font-weight:600}
    tbody th{font-weight:500}
    thead th{color:var(--soft);font-size:.83rem;white-space:nowrap}
    .place{color:var(--soft)}
    details{margin:.6rem 0}
    details.phase,details.rule{border:1px solid var(--line);border-radius:8px;padding:.2rem 1rem}
    details[open].phase,details[open].rule{padding-bottom:.8rem}
    summary{cursor:pointer;padding:.45rem 0}
    summary h3{display:inline}
    .places{padding-left:1.6rem;margin:.4rem 0}
    ol.places li{padding:.3rem 0}
    .codes{columns:18rem;padding-left:1.2rem}
    .snippet{margin:.2rem 0;padding:.25rem .6rem;background:var(--pane);border-radius:4px}
    .accepted{margin:.2rem 0}
    .hidden{color:var(--bad);background:var(--bad-pane);border-radius:2px}
    .cut{color:var(--soft);font-style:italic}
    figure{margin:1rem 0}
    figcaption{font-size:.9rem}
    .scroll{overflow-x:auto;padding-bottom:.3rem}
    svg{display:block;font-family:inherit;font-size:12px}
    svg text{fill:var(--soft)}svg .end{text-anchor:end}
    svg .name{fill:var(--ink);font:600 12.5px var(--mono)}
    svg .word{font-weight:700;font-size:11px;letter-spacing:.04em;background:none}
    svg .word.good{fill:var(--good)}svg .word.doubtful{fill:var(--doubtful)}svg .word.bad{fill:var(--bad)}svg .word.plain{fill:var(--plain)}
    .box{stroke-width:1.5}
    .box.good,.bar.good{fill:var(--good-pane);stroke:var(--good)}.box.doubtful,.bar.doubtful{fill:var(--doubtful-pane);stroke:var(--doubtful)}
    .box.bad,.bar.bad{fill:var(--bad-pane);stroke:var(--bad)}.box.plain{fill:var(--plain-pane);stroke:var(--plain)}
    .edge{fill:none;stroke:var(--soft);stroke-width:1.5}.edge.broken{stroke:var(--bad);stroke-dasharray:5 4}
    .arrow{fill:var(--soft)}.axis{stroke:var(--line)}
    .bars{display:inline-block;vertical-align:middle}.bars path{fill:var(--soft)}
    polyline.errors{fill:none;stroke:var(--bad);stroke-width:1.5}circle.errors{fill:var(--bad)}
    footer{margin-top:3rem;padding-top:.8rem;border-top:1px solid var(--line);color:var(--soft);font-size:.88rem}
    @media screen and (max-width:56rem){
    thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    table,tbody,tr,th,td,caption{display:block}
    tbody tr{padding:.5rem 0;border-bottom:1px solid var(--line)}
    tbody th,tbody td{border:0;padding:.1rem 0}
    td[data-column]:not([data-column=""])::before{content:attr(data-column) ": ";color:var(--soft)}
    details.phase,details.rule{padding:.2rem .7rem}}
    @media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--pane:#f5f5f5;--link:#000;--good:#0d5c2a;
    --good-pane:#fff;--doubtful:#6f4200;--doubtful-pane:#fff;--bad:#960f20;--bad-pane:#fff;--plain:#333;--plain-pane:#fff}
    html{font-size:9pt}body{max-width:none;padding:0}
    nav,.skip{display:none}
    .chip,.verdict{border:1px solid}
    .verdict{border-left-width:.5rem}
    details::details-content{content-visibility:visible;display:block;height:auto}
    summary{list-style:none}
    .scroll{overflow:visible}svg{max-width:100%;height:auto}
    tr,li,pre,figure,.verdict{break-inside:avoid}h2,h3,h4,caption,summary,thead tr{break-after:avoid}
    a{text-decoration:none}
    @page{margin:16mm 14mm}}

    """
}
