namespace Boreal.Registry.Access.Grants;

/// <summary>Actions as texts: in the user file (<c>pull,push</c>) and in token scopes, where <c>*</c> is all of them.</summary>
internal static class ActionNames
{
    private const string Everything = "*";

    private static readonly (Rights Action, string Name)[] Names =
    [
        (Rights.Pull, "pull"),
        (Rights.Push, "push"),
        (Rights.Delete, "delete"),
        (Rights.Admin, "admin"),
    ];

    /// <exception cref="FormatException">A word is no action.</exception>
    public static Rights Parse(string text)
    {
        var actions = Rights.None;
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
            actions |= Find(word) is var action and not Rights.None
                ? action
                : throw new FormatException($"'{word}' is no action, use pull, push, delete or admin");
        return actions;
    }

    /// <summary>Of a scope: what is not known asks for nothing.</summary>
    public static Rights ParseScope(ReadOnlySpan<char> text)
    {
        var actions = Rights.None;
        foreach (var range in text.Split(','))
            actions |= text[range] is Everything ? Rights.Whole : Find(text[range]) & Rights.Whole;
        return actions;
    }

    /// <summary>As a token grants them. Whoever may do everything gets <c>*</c> too, which some registries ask for.</summary>
    public static IReadOnlyList<string> ForToken(Rights actions, bool withEverything)
    {
        var names = Of(actions & Rights.Whole);
        return withEverything && (actions & Rights.Whole) == Rights.Whole ? [.. names, Everything] : [.. names];
    }

    public static string Join(Rights actions) => string.Join(',', Of(actions));

    private static IEnumerable<string> Of(Rights actions) =>
        from pair in Names where actions.HasFlag(pair.Action) select pair.Name;

    private static Rights Find(ReadOnlySpan<char> word)
    {
        foreach (var (action, name) in Names)
        {
            if (word.SequenceEqual(name))
                return action;
        }
        return Rights.None;
    }
}
