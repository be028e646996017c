using System.Globalization;
using Boreal.Build.Builds;
using Boreal.Daemon.Endpoints.Containers;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Builds;

/// <summary>The parameters of <c>POST /build/prune</c>, of every version of the API, as a rule of the cache.</summary>
internal static class PruneQuery
{
    private static readonly string[] Fields = ["id", "parent", "type", "description", "inuse", "shared", "private"];

    /// <exception cref="EngineException">Invalid: a parameter is malformed.</exception>
    public static CacheRule Read(HttpContext context, DateTimeOffset now)
    {
        var filters = context.QueryFilters();
        return new CacheRule
        {
            All = context.QueryBool("all"),
            Filters = FiltersOf(filters),
            KeepFor = AgeOf(filters, now),
            ReservedSpace = Size(context, "keep-storage") ?? Size(context, "reserved-space") ?? 0,
            MaxUsedSpace = Size(context, "max-used-space") ?? 0,
            MinFreeSpace = Size(context, "min-free-space") ?? 0,
        };
    }

    private static TimeSpan AgeOf(FilterSet filters, DateTimeOffset now)
    {
        if (filters.Has("until") && filters.Has("unused-for"))
            throw Failed("conflicting filters: \"until\" and \"unused-for\"");
        var values = filters.Get(filters.Has("until") ? "until" : "unused-for");
        switch (values)
        {
            case []:
                return TimeSpan.Zero;
            case [var text]:
                try
                {
                    return now - TimeReference.Parse(text, now) is { Ticks: > 0 } age ? age : TimeSpan.Zero;
                }
                catch (EngineException exception)
                {
                    throw Failed($"\"until\" filter expects a duration (e.g., '24h') or a timestamp: {exception.Message}");
                }

            default:
                throw Failed("filters expect only one value");
        }
    }

    private static IReadOnlyList<string> FiltersOf(FilterSet filters)
    {
        var parts = new List<string>();
        foreach (var key in filters.Keys.Where(key => key is not ("until" or "unused-for")))
        {
            if (!Fields.Contains(key))
                throw Failed($"invalid filter '{key}'");
            parts.Add(filters.Get(key) switch
            {
                [] => key,
                [var value] => key == "id" ? $"{key}~={value}" : $"{key}=={value}",
                _ => throw Failed("filters expect only one value"),
            });
        }

        return parts.Count == 0 ? [] : [string.Join(',', parts)];
    }

    private static long? Size(HttpContext context, string name)
    {
        var text = context.QueryText(name);
        if (text.Length == 0)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw new EngineException(ErrorKind.Invalid, $"{name} is in bytes and expects an integer, got {text}: strconv.Atoi: parsing \"{text}\": invalid syntax");
    }

    private static EngineException Failed(string reason) => new(ErrorKind.Invalid, $"failed to prune build cache: {reason}");
}
