using Boreal.Tests.TestKit;

namespace Boreal.Tests.Unit.House;

/// <summary>The exceptions of eng/limits.txt, each of which must have a reason and be needed.</summary>
internal sealed class Limits(string kind)
{
    private readonly Dictionary<string, string> _exceptions = Read(kind);
    private readonly List<string> _findings = [];
    private readonly HashSet<string> _used = [];

    public void Check(bool holds, string subject, string finding)
    {
        if (holds) return;
        if (_exceptions.ContainsKey(subject)) _used.Add(subject);
        else _findings.Add($"{subject}: {finding}");
    }

    public void Assert()
    {
        var stale = _exceptions.Keys.Except(_used).Select(subject => $"{subject}: its '{kind}' exception in eng/limits.txt is no longer needed");
        Findings.AssertNone(_findings.Concat(stale));
    }

    private static Dictionary<string, string> Read(string kind) =>
        File.ReadLines(Path.Combine(Repository.Root, "eng", "limits.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries))
            .Select(part => part.Length == 3 ? part : throw new FormatException($"eng/limits.txt: '{string.Join(' ', part)}' has no reason"))
            .Where(part => part[0] == kind)
            .ToDictionary(part => part[1], part => part[2]);
}
