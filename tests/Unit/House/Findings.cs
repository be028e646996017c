namespace Boreal.Tests.Unit.House;

internal static class Findings
{
    /// <summary>Fails with one finding per line: an assertion library's diff of two lists hides most of them.</summary>
    public static void AssertNone(IEnumerable<string> findings)
    {
        var list = findings.ToList();
        if (list.Count > 0) Assert.Fail(string.Join('\n', list.Prepend($"{list.Count} finding(s):")));
    }
}
