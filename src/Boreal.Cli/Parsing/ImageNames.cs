namespace Boreal.Cli.Parsing;

/// <summary>Image names as people write them.</summary>
internal static class ImageNames
{
    /// <summary>With <c>:latest</c> where neither tag nor digest is given.</summary>
    public static string WithTag(string name)
    {
        if (name.Contains('@', StringComparison.Ordinal)) return name;
        return name.LastIndexOf(':') > name.LastIndexOf('/') ? name : name + ":latest";
    }

    /// <summary>Repository and tag; an empty tag when there is none.</summary>
    public static (string Repository, string Tag) Split(string name)
    {
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? (name[..colon], name[(colon + 1)..]) : (name, "");
    }
}
