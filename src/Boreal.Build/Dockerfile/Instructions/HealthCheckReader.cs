using System.Globalization;
using Boreal.Build.Dockerfile.Syntax;
using Boreal.Notation;
using Boreal.Oci.Images;

namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>Reads HEALTHCHECK.</summary>
internal static class HealthCheckReader
{
    private const long Millisecond = 1_000_000;

    public static HealthCheckInstruction Read(Statement statement)
    {
        if (statement.Arguments.Count == 0) throw InstructionErrors.NeedsArguments("HEALTHCHECK");
        var kind = statement.Arguments[0].ToUpperInvariant();
        var words = statement.Arguments.Skip(1).ToList();
        if (kind == "NONE")
        {
            if (words.Count > 0) throw new FormatException("HEALTHCHECK NONE takes no arguments");
            return new HealthCheckInstruction { Statement = statement, Check = new HealthCheckConfig { Test = [kind] } };
        }

        var flags = InstructionFlags.Read(statement.Flags, "interval", "timeout", "start-period", "start-interval", "retries");
        if (kind != "CMD") throw new FormatException($"Unknown type {GoText.Quote(kind)} in HEALTHCHECK (try CMD)");
        var command = CommandLine.ArgumentsOf(words, statement.IsJson);
        if (command.Count == 0) throw new FormatException("Missing command after HEALTHCHECK CMD");
        return new HealthCheckInstruction
        {
            Statement = statement,
            Check = new HealthCheckConfig
            {
                Test = [statement.IsJson ? "CMD" : "CMD-SHELL", .. command],
                Interval = Interval(flags, "interval"),
                Timeout = Interval(flags, "timeout"),
                StartPeriod = Interval(flags, "start-period"),
                StartInterval = Interval(flags, "start-interval"),
                Retries = Retries(flags.Text("retries")),
            },
        };
    }

    private static long Interval(InstructionFlags flags, string name)
    {
        if (flags.Text(name) is not { Length: > 0 } text) return 0;
        var duration = GoDuration.Parse(text);
        return duration is 0 or >= Millisecond ? duration : throw new FormatException($"Interval {GoText.Quote(name)} cannot be less than 1ms");
    }

    private static int Retries(string? text)
    {
        if (string.IsNullOrEmpty(text)) return 0;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var retries))
            throw new FormatException($"strconv.ParseInt: parsing {GoText.Quote(text)}: invalid syntax");
        if (retries is < int.MinValue or > int.MaxValue) throw new FormatException($"strconv.ParseInt: parsing {GoText.Quote(text)}: value out of range");
        return retries >= 0 ? (int)retries : throw new FormatException($"--retries cannot be negative ({retries})");
    }
}
