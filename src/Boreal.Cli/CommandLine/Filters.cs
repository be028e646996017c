using Boreal.Client;

namespace Boreal.Cli.CommandLine;

/// <summary>The <c>--filter key=value</c> option.</summary>
internal static class Filters
{
    public static ListFlag AddTo(FlagSet flags, char shorthand, string usage) =>
        flags.Add(new ListFlag("filter", shorthand, usage, Check) { ValueName = "filter" });

    public static FilterQuery Read(ListFlag flag)
    {
        var query = new FilterQuery();
        foreach (var filter in flag.Values)
        {
            var equals = filter.IndexOf('=');
            query.Add(filter[..equals].Trim().ToLowerInvariant(), filter[(equals + 1)..].Trim());
        }

        return query;
    }

    private static string Check(string text) =>
        text.Contains('=', StringComparison.Ordinal) ? text : throw new FormatException("bad format of filter (expected name=value)");
}
