using System.Globalization;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime.Processes;

/// <summary>Reads the table ps printed and keeps the rows of a container.</summary>
public static class PsOutput
{
    private static readonly char[] Blanks = ['\t', '\n', '\f', '\r', ' '];

    public static ProcessListing Parse(string output, IReadOnlyList<int> pids)
    {
        var lines = output.Split('\n');
        var titles = Fields(lines[0]);
        var pidColumn = Array.IndexOf(titles, "PID");
        if (pidColumn < 0) throw new EngineException(ErrorKind.Internal, "Couldn't find PID field in ps output");
        var wanted = pids.ToHashSet();
        var rows = new List<IReadOnlyList<string>>();
        var ofWantedProcess = false;
        foreach (var line in lines.Skip(1))
        {
            var fields = Fields(line);
            if (fields.Length <= pidColumn) continue;
            // Lines of threads carry a dash and follow their process.
            if (fields[pidColumn] is not "-")
            {
                if (!int.TryParse(fields[pidColumn], NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                    throw new EngineException(ErrorKind.Internal, $"Unexpected pid '{fields[pidColumn]}' in the output of ps");
                ofWantedProcess = wanted.Contains(pid);
            }

            if (ofWantedProcess) rows.Add(Row(fields, titles.Length));
        }

        return new ProcessListing(titles, rows);
    }

    /// <summary>The last column takes what is left over: commands have blanks.</summary>
    private static string[] Row(string[] fields, int columns) =>
        fields.Length <= columns ? fields : [.. fields[..(columns - 1)], string.Join(' ', fields[(columns - 1)..])];

    private static string[] Fields(string line) => line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
}
