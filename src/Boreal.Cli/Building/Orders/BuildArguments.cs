namespace Boreal.Cli.Building.Orders;

/// <summary>Reads <c>--build-arg</c>: a name alone takes this process's value, or is left out.</summary>
internal static class BuildArguments
{
    /// <param name="values">As given.</param>
    /// <param name="defaults">For names that are not given.</param>
    public static SortedDictionary<string, string> Read(IReadOnlyList<string> values, IReadOnlyDictionary<string, string> defaults)
    {
        var arguments = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var isMentioned = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in values)
        {
            var equals = text.IndexOf('=');
            var name = equals < 0 ? text : text[..equals];
            if (name.Length is 0) throw new FormatException($"invalid build argument '{text}': it has no name");
            isMentioned.Add(name);
            if (equals >= 0) arguments[name] = text[(equals + 1)..];
            else if (Environment.GetEnvironmentVariable(name) is { } value) arguments[name] = value;
        }

        foreach (var (name, value) in defaults)
        {
            if (!isMentioned.Contains(name)) arguments[name] = value;
        }

        return arguments;
    }
}
