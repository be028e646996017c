using System.Globalization;
using Boreal.Api.Containers;
using Boreal.Notation;

namespace Boreal.Cli.Parsing;

/// <summary><c>--ulimit nofile=1024:2048</c>.</summary>
internal static class Ulimits
{
    private static readonly string[] Names =
    [
        "as", "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime", "sigpending", "stack",
    ];

    public static Ulimit Parse(string text)
    {
        var equals = text.IndexOf('=');
        var name = equals < 0 ? "" : text[..equals];
        var limits = equals < 0 ? "" : text[(equals + 1)..];
        if (name.Length is 0 || limits.Length is 0) throw new FormatException($"invalid ulimit argument: {text}");
        if (!Names.Contains(name, StringComparer.Ordinal)) throw new FormatException($"invalid ulimit type: {name}");
        var parts = limits.Split(':');
        if (parts.Length > 2) throw new FormatException($"too many limit value arguments - {limits}, can only have up to two, `soft[:hard]`");
        var soft = Limit(parts[0]);
        var hard = parts.Length is 1 ? soft : Limit(parts[1]);
        if (hard != -1 && (soft == -1 || soft > hard))
            throw new FormatException($"ulimit soft limit must be less than or equal to hard limit: {soft} > {hard}");
        return new Ulimit { Name = name, Soft = soft, Hard = hard };
    }

    private static long Limit(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit) ? limit : throw GoNumbers.Syntax("ParseInt", text);
}
