using System.Text.RegularExpressions;

namespace Boreal.Tests.EndToEnd.Script;

/// <summary>Replaces what differs from run to run (ids, times, sizes, addresses, padding) or between releases of the stock client, and nothing else.</summary>
internal static partial class Normaliser
{
    // Compose writes it before some lines, depending on what came when.
    private const string EraseLine = "\e[2K";

    public static IReadOnlyList<string> Lines(string output, string directory)
    {
        if (output.Length == 0) return [];
        var lines = output.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Split('\n').ToList();
        if (lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        lines.RemoveAll(line => line == "exit status 1");
        for (var last = lines.Count - 1; last >= 0 && ClientsAdvice().IsMatch(lines[last]); last = lines.Count - 1)
        {
            // How the client goes on after an error of the engine: from 27 on a blank line comes before, until 26 the error ends in a full stop.
            lines.RemoveAt(last);
            if (last > 0) lines[last - 1] = lines[last - 1].TrimEnd('.');
            if (last > 0 && lines[last - 1].Length == 0) lines.RemoveAt(last - 1);
        }

        return [.. lines.Select(line => Line(line, directory))];
    }

    private static string Line(string line, string directory)
    {
        line = line.Replace(directory, "<dir>", StringComparison.Ordinal).Replace(EraseLine, "", StringComparison.Ordinal);
        if (line.StartsWith("docker: Error response from daemon: ", StringComparison.Ordinal)) line = line.TrimEnd('.');
        line = LongId().Replace(line, "<id>");
        line = Time().Replace(line, "<time>");
        line = Mac().Replace(line, "<mac>");
        line = ShortId().Replace(line, "<id12>");
        line = BridgeAddress().Replace(line, "<ip>");
        line = EphemeralPort().Replace(line, ":<port>");
        line = Ago().Replace(line, "<ago>");
        line = Up().Replace(line, "Up <ago>");
        line = Size().Replace(line, "<size>");
        return Padding().Replace(line, "  ").TrimEnd();
    }

    [GeneratedRegex(@"^(Run|See) '.* --help'( for more information|\.)$")]
    private static partial Regex ClientsAdvice();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex LongId();

    [GeneratedRegex(@"(?<![0-9a-z])(?=[0-9a-f]*[a-f])[0-9a-f]{12}(?![0-9a-z])|(?<![0-9a-z:.])[0-9]{12}(?![0-9a-z])")]
    private static partial Regex ShortId();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?(Z|[+-]\d\d:?\d\d))?( [A-Z]{3})?")]
    private static partial Regex Time();

    [GeneratedRegex("(?<![0-9a-f:])([0-9a-f]{2}:){5}[0-9a-f]{2}(?![0-9a-f:])")]
    private static partial Regex Mac();

    // The bridges of the engines: real Docker's 172.x and ours of the tests.
    [GeneratedRegex(@"(?<![0-9.])(172\.(1[6-9]|2\d|3[01])|10\.2\d\d)\.\d+\.\d+(?![0-9.])")]
    private static partial Regex BridgeAddress();

    [GeneratedRegex(@":(3[2-9]|[45]\d|6[0-5])\d{3}(?!\d)")]
    private static partial Regex EphemeralPort();

    [GeneratedRegex(@"(Less than a second|About a minute|About an hour|\d+ (second|minute|hour|day|week|month|year)s?) ago")]
    private static partial Regex Ago();

    [GeneratedRegex(@"Up (Less than a second|About a minute|\d+ (second|minute)s?)")]
    private static partial Regex Up();

    [GeneratedRegex(@"(?<![\w.])\d+(\.\d+)?(B|kB|MB|GB|KiB|MiB|GiB)(?!\w)")]
    private static partial Regex Size();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Padding();
}
