namespace Boreal.Daemon.Http;

/// <summary>
/// One method and path template. <c>{id}</c> stands for one segment; <c>{name*}</c> for one or more (image names have
/// slashes), also in the middle of a path, which is why this is not ASP.NET's matcher.
/// </summary>
internal sealed class Route
{
    private readonly string[] _template;
    private readonly int _wide;

    public Route(string template, RequestDelegate handler)
    {
        _template = template.Split('/', StringSplitOptions.RemoveEmptyEntries);
        _wide = Array.FindIndex(_template, part => part.EndsWith("*}", StringComparison.Ordinal));
        Template = template;
        Handler = handler;
        Literals = _template.Count(part => part[0] != '{');
    }

    public string Template { get; }

    public RequestDelegate Handler { get; }

    /// <summary>How specific the template is: the one with more literal segments is tried first.</summary>
    public int Literals { get; }

    /// <summary>The values of the placeholders in template order, or null when the path does not fit.</summary>
    public string[]? Match(string[] path)
    {
        var extra = path.Length - _template.Length;
        if (_wide < 0 ? extra != 0 : extra < 0)
            return null;
        var values = Literals == _template.Length ? [] : new string[_template.Length - Literals];
        var found = 0;
        for (int at = 0, part = 0; part < _template.Length; part++)
        {
            var width = part == _wide ? extra + 1 : 1;
            if (_template[part][0] == '{')
                values[found++] = width == 1 ? path[at] : string.Join('/', path, at, width);
            else if (_template[part] != path[at])
                return null;
            at += width;
        }
        return values;
    }

    /// <summary>Where in <see cref="Match"/>'s answer the placeholder's value is.</summary>
    public int IndexOf(string placeholder)
    {
        var index = 0;
        foreach (var part in _template)
        {
            if (part[0] != '{') continue;
            if (part.AsSpan(1, part.Length - (part[^2] == '*' ? 3 : 2)).SequenceEqual(placeholder))
                return index;
            index++;
        }
        throw new ArgumentException($"the route {Template} has no placeholder {placeholder}", nameof(placeholder));
    }
}
