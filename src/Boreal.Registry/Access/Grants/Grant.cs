namespace Boreal.Registry.Access.Grants;

/// <summary>Actions on the repositories of a pattern; written <c>team/**:pull,push</c>.</summary>
internal sealed record Grant(RepositoryPattern Repositories, Rights Actions)
{
    /// <exception cref="FormatException">The text is no grant.</exception>
    public static Grant Parse(string text)
    {
        var colon = text.IndexOf(':');
        return colon > 0
            ? new Grant(RepositoryPattern.Parse(text[..colon]), ActionNames.Parse(text[(colon + 1)..]))
            : throw new FormatException($"'{text}' is no right, write PATTERN:ACTIONS, for example team/**:pull,push");
    }

    public override string ToString() => $"{Repositories}:{ActionNames.Join(Actions)}";
}
