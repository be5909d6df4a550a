namespace IoTNet.Emulator;

/// <summary>The colours of a sequence diagram, for light and dark surroundings. No variables: not every viewer knows them.</summary>
internal static class DiagramStyle
{
    public const string Css =
        """
        <style>
        text{font:12px system-ui,"Segoe UI","DejaVu Sans",sans-serif;fill:#1f2328}
        .page{fill:#ffffff}.lane{stroke:#c9d1d9;stroke-width:1.5}.pause{stroke:#8c959f;stroke-width:1.5;stroke-dasharray:2 4}
        .host{fill:#f3f5f8;stroke:#afb8c1}.name{font-weight:600;font-size:13px}.title{font-weight:600;font-size:17px}
        .small{font-size:11px;fill:#59636e}.time{font-size:11px;fill:#59636e;font-variant-numeric:tabular-nums}
        .port{font-size:10px;fill:#59636e}.muted{font-size:10px;fill:#6e7781;font-weight:400}
        .silence{font-size:11px;font-style:italic;fill:#59636e}.fold{fill:#eef4fb;stroke:#b6d2f0}.foldtext{font-size:11.5px;fill:#24507d}
        .bar{fill:#7fb8e8;stroke:#4a90cf;stroke-width:1}.bar.hollow{fill:#ffffff}
        .label{font-size:11.5px;paint-order:stroke;stroke:#ffffff;stroke-width:3px;stroke-linejoin:round}
        .arrow{stroke-width:1.6;fill:none}.arrow.late{stroke-dasharray:7 4}.cross{stroke-width:2.4;stroke-linecap:round}.note{font-size:11.5px}
        line.data{stroke:#0a60c2}.data.head,.data.dot,text.data{fill:#0a60c2}
        line.ack{stroke:#7d8793}.ack.head,.ack.dot{fill:#7d8793}text.ack{fill:#59636e}
        line.open{stroke:#1a7f37}.open.head,.open.dot,text.open{fill:#1a7f37}
        line.again{stroke:#b35900}.again.head,.again.dot,text.again{fill:#a04f00}
        line.lost{stroke:#d1242f}.lost.head,.lost.dot,text.lost{fill:#c41e2a}
        line.bad{stroke:#8250df}.bad.head,.bad.dot,text.bad{fill:#7a45d6}
        @media(prefers-color-scheme:dark){
        text{fill:#e6edf3}.page{fill:#0d1117}.lane{stroke:#3d444d}.pause{stroke:#656c76}
        .host{fill:#161d26;stroke:#4a525c}.small,.time,.port,.silence{fill:#9aa4af}.muted{fill:#8b949e}
        .fold{fill:#12233a;stroke:#2b4a70}.foldtext{fill:#9ecbff}.bar{fill:#2f6ea8;stroke:#58a6ff}.bar.hollow{fill:#0d1117}
        .label{stroke:#0d1117}
        line.data{stroke:#58a6ff}.data.head,.data.dot,text.data{fill:#58a6ff}
        line.ack{stroke:#7d8590}.ack.head,.ack.dot{fill:#7d8590}text.ack{fill:#9aa4af}
        line.open{stroke:#3fb950}.open.head,.open.dot,text.open{fill:#56d364}
        line.again{stroke:#db8f2f}.again.head,.again.dot,text.again{fill:#e3a04f}
        line.lost{stroke:#f85149}.lost.head,.lost.dot,text.lost{fill:#ff7b72}
        line.bad{stroke:#a371f7}.bad.head,.bad.dot,text.bad{fill:#bc8cff}
        }
        </style>
        """;
}
