using System.Globalization;
using Boreal.Cli.CommandLine;
using Boreal.Notation;

namespace Boreal.Cli.Building;

/// <summary>Reads <c>--filter</c> of the build cache: <c>until=24h</c>, <c>id=abc</c>, <c>type=exec.cachemount</c>, <c>inuse</c>.</summary>
internal static class CacheFilter
{
    private const string Until = "until";

    public static ListFlag AddTo(FlagSet flags) => flags.Add(new ListFlag("filter", '\0', "Provide filter values (e.g., \"until=24h\", \"type=source.local\")") { ValueName = "filter" });

    /// <summary>The filter in the daemon's form, and how long unused things are kept.</summary>
    /// <exception cref="CommandFailedException">A time cannot be understood.</exception>
    public static (string Text, TimeSpan KeepFor) Read(IReadOnlyList<string> values, TimeProvider clock)
    {
        var terms = new List<string>();
        var keepFor = TimeSpan.Zero;
        foreach (var value in values)
        {
            var equals = value.IndexOf('=');
            var (name, text) = equals < 0 ? (value, "") : (value[..equals].Trim(), value[(equals + 1)..].Trim().TrimStart('='));
            if (name is Until or "unused-for") keepFor = ReadTime(text, clock);
            else if (equals < 0) terms.Add(name);
            else terms.Add(name is "id" ? $"id~={text}" : $"{name}=={text}");
        }

        return (string.Join(',', terms), keepFor);
    }

    private static TimeSpan ReadTime(string text, TimeProvider clock)
    {
        if (GoDuration.TryParse(text, out var nanoseconds)) return TimeSpan.FromTicks(nanoseconds / 100);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time)
            ? clock.GetUtcNow() - time
            : throw new CommandFailedException($"until filter expects a duration (e.g., '24h') or a timestamp, not '{text}'");
    }
}
