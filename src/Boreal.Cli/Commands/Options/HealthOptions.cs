using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Options;

/// <summary>Health checks.</summary>
internal sealed class HealthOptions(FlagSet flags)
{
    private readonly ValueFlag<string> _command = flags.Text("health-cmd", '\0', "Command to run to check health");
    private readonly ValueFlag<long> _interval = Duration(flags, "health-interval", "Time between running the check");
    private readonly ValueFlag<long> _retries = flags.Integer("health-retries", '\0', "Consecutive failures needed to report unhealthy");
    private readonly ValueFlag<long> _startInterval = Duration(flags, "health-start-interval", "Time between running the check during the start period");
    private readonly ValueFlag<long> _startPeriod = Duration(flags, "health-start-period", "Start period for the container to initialize before starting health-retries countdown");
    private readonly ValueFlag<long> _timeout = Duration(flags, "health-timeout", "Maximum time to allow one check to run");
    private readonly ValueFlag<bool> _none = flags.Switch("no-healthcheck", '\0', "Disable any container-specified HEALTHCHECK");

    public HealthConfig? Build()
    {
        var given = _command.Value.Length > 0 || new[] { _interval, _timeout, _startPeriod, _startInterval, _retries }.Any(flag => flag.Value is not 0);
        if (_none.Value && given) throw new FormatException("--no-healthcheck conflicts with --health-* options");
        if (_none.Value) return new HealthConfig { Test = ["NONE"] };
        if (!given) return null;
        foreach (var flag in new[] { _interval, _timeout, _retries, _startPeriod, _startInterval })
        {
            if (flag.Value < 0) throw new FormatException($"--{flag.Name} cannot be negative");
        }

        return new HealthConfig
        {
            Test = _command.Value.Length > 0 ? ["CMD-SHELL", _command.Value] : null,
            Interval = _interval.Value,
            Timeout = _timeout.Value,
            StartPeriod = _startPeriod.Value,
            StartInterval = _startInterval.Value,
            Retries = (int)_retries.Value,
        };
    }

    private static ValueFlag<long> Duration(FlagSet flags, string name, string usage) =>
        flags.Value(name, '\0', "duration", $"{usage} (ms|s|m|h) (default 0s)", 0L, GoDuration.Parse);
}
