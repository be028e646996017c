namespace Boreal.Engine.Runtime.Bundles;

/// <summary>The environment of a container's processes. HOME is left to the runtime, which knows the user.</summary>
public static class ContainerEnvironment
{
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <param name="hostname">The container's host name.</param>
    /// <param name="tty">A terminal brings TERM.</param>
    /// <param name="own">The container's own variables; one without <c>=</c> takes that variable away.</param>
    public static IReadOnlyList<string> Of(string hostname, bool tty, IReadOnlyList<string> own)
    {
        var defaults = new List<string> { DefaultPath, $"HOSTNAME={hostname}" };
        if (tty) defaults.Add("TERM=xterm");
        return Merge(defaults, own);
    }

    /// <summary>A later variable of the same name takes the earlier one's place in the order.</summary>
    public static IReadOnlyList<string> Merge(IReadOnlyList<string> variables, IReadOnlyList<string> overrides)
    {
        var merged = new List<string?>(variables);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < merged.Count; place++) places[NameOf(variables[place])] = place;
        foreach (var variable in overrides)
        {
            var name = NameOf(variable);
            var known = places.TryGetValue(name, out var place);
            if (name.Length == variable.Length)
            {
                if (known) merged[place] = null;
                continue;
            }

            if (known)
            {
                merged[place] = variable;
                continue;
            }

            places[name] = merged.Count;
            merged.Add(variable);
        }

        return [.. merged.OfType<string>()];
    }

    private static string NameOf(string variable) => variable.IndexOf('=') is >= 0 and var end ? variable[..end] : variable;
}
