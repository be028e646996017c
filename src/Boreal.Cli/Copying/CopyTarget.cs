namespace Boreal.Cli.Copying;

/// <summary>One side of a copy: a path here, or in a container.</summary>
internal readonly record struct CopyTarget(string Container, string Path)
{
    public bool IsLocal => Container.Length is 0;

    /// <summary>Reads <c>CONTAINER:PATH</c>; what starts with a slash or a dot is a path here, so is what has no colon.</summary>
    public static CopyTarget Parse(string text)
    {
        if (text.StartsWith('/')) return new CopyTarget("", text);
        var colon = text.IndexOf(':');
        return colon <= 0 || text.StartsWith('.') ? new CopyTarget("", text) : new CopyTarget(text[..colon], text[(colon + 1)..]);
    }
}
