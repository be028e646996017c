namespace Boreal.Cli.Parsing;

/// <summary>Image names without the parts everybody leaves out.</summary>
internal static class FamiliarNames
{
    private const string Hub = "docker.io/";
    private const string Official = "library/";

    public static string Shorten(string name)
    {
        if (!name.StartsWith(Hub, StringComparison.Ordinal)) return name;
        name = name[Hub.Length..];
        return name.StartsWith(Official, StringComparison.Ordinal) && !name[Official.Length..].Contains('/', StringComparison.Ordinal) ? name[Official.Length..] : name;
    }
}
