using System.Text.Encodings.Web;
using System.Text.Json;
using NanoSurface.Projects;

namespace NanoSurface.Checking;

/// <summary>Prints reports, for people and for machines.</summary>
public static class ReportWriter
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void WriteText(TextWriter output, IReadOnlyList<AssemblyReport> reports, Repository repository)
    {
        foreach (var finding in reports.SelectMany(r => r.Findings))
        {
            output.WriteLine(
                $"{repository.Relative(finding.Path)}({finding.Line},{finding.Column}): error {finding.Id}: {finding.Message}");
        }
        var rows = reports.Select(r => new[]
        {
            Title(r), Number(r.Findings.Count), Number(r.Size?.Types), Number(r.Size?.Methods),
            Number(r.Size?.IlBytes), Number(r.Size?.StringBytes), Number(r.Footprint?.Pe.Bytes),
        });
        WriteTable(output, ["project", "errors", "types", "methods", "IL bytes", "string bytes", ".pe bytes"], [.. rows]);
    }

    public static void WriteJson(TextWriter output, IReadOnlyList<AssemblyReport> reports, Repository repository)
    {
        var document = new
        {
            errors = reports.Sum(r => r.Findings.Count),
            assemblies = reports.Select(r => new
            {
                r.Name,
                project = repository.Relative(r.ProjectPath),
                compiled = r.Size is not null,
                r.Size?.Types,
                r.Size?.Methods,
                r.Size?.IlBytes,
                r.Size?.StringBytes,
                peBytes = r.Footprint?.Pe.Bytes,
                errors = r.Findings.Select(
                    f => new { f.Id, file = repository.Relative(f.Path), f.Line, f.Column, f.Message }),
            }),
        };
        output.WriteLine(JsonSerializer.Serialize(document, Json));
    }

    /// <summary>The project's name, as every test project's assembly has one and the same; of a program, the assembly's, as the
    /// project is called as its app.</summary>
    private static string Title(AssemblyReport report)
    {
        var project = Path.GetFileNameWithoutExtension(report.ProjectPath);
        return report.Name.StartsWith(project + ".", StringComparison.Ordinal) ? report.Name : project;
    }

    /// <summary>The first column to the left, the others to the right.</summary>
    private static void WriteTable(TextWriter output, string[] header, string[][] rows)
    {
        var widths = header.Select((h, i) => rows.Select(r => r[i].Length).Append(h.Length).Max()).ToArray();
        foreach (var row in rows.Prepend(header))
        {
            output.WriteLine(string.Join("  ", row.Select((cell, i) =>
                i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))));
        }
    }

    private static string Number(int? value) => value?.ToString() ?? "-";
}
