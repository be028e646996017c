using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Commands.Options;

/// <summary>How <c>stop</c> and <c>restart</c> end a container.</summary>
internal sealed class StopOptions
{
    private readonly ValueFlag<string> _signal;
    private readonly ValueFlag<long> _timeout;

    public StopOptions(FlagSet flags)
    {
        _signal = flags.Text("signal", 's', "Signal to send to the container");
        _timeout = flags.Integer("timeout", 't', "Seconds to wait before killing the container");
        flags.Add(new ValueFlag<long>("time", '\0', "Seconds to wait before killing the container", 0, text =>
        {
            _timeout.Set(text);
            return 0;
        }) { ValueName = "int", IsHidden = true });
    }

    /// <summary>Null is the container's own.</summary>
    public string? Signal => _signal.Value.Length > 0 ? _signal.Value : null;

    /// <summary>Seconds; null is the container's own.</summary>
    public int? Timeout => _timeout.IsGiven ? (int)_timeout.Value : null;
}
