using Boreal.Ingress.Forwarding;
using Boreal.Ingress.Measuring;
using Boreal.Orchestrator.Routes;

namespace Boreal.Ingress.Backends;

/// <summary>A port of a service: those that get new requests, and whose turn it is. It is the same as long as the service has it.</summary>
internal sealed class Upstream(TrafficMeter meter)
{
    private volatile Backend[] _ready = [];
    private volatile HttpSettings _settings = new();
    private volatile ForwarderConfigs _configs = ForwarderConfigs.Patient;
    private int _turn;

    public TrafficMeter Meter => meter;

    public HttpSettings Settings => _settings;

    public ForwarderConfigs Configs => _configs;

    public IReadOnlyList<Backend> Ready => _ready;

    public void Set(Backend[] ready, HttpSettings settings)
    {
        if (_settings.Timeout != settings.Timeout || ReferenceEquals(_configs, ForwarderConfigs.Patient)) _configs = new ForwarderConfigs(settings.Timeout);
        _settings = settings;
        _ready = ready;
    }

    /// <summary>Enters the backend with the fewest requests, in turn where several have as few; null when there is none that has not been tried.</summary>
    public Backend? Enter(ReadOnlySpan<Backend> tried, string preferred)
    {
        // Again when the one chosen was closed in between: then another set is in force.
        for (var attempt = 0; attempt < 8; attempt++)
        {
            if (Choose(_ready, tried, preferred) is not { } chosen) return null;
            if (chosen.TryEnter()) return chosen;
        }
        return null;
    }

    private Backend? Choose(Backend[] ready, ReadOnlySpan<Backend> tried, string preferred)
    {
        if (ready.Length == 0) return null;
        var first = ready.Length > 1 ? (int)((uint)Interlocked.Increment(ref _turn) % (uint)ready.Length) : 0;
        Backend? best = null;
        var (least, bestRests) = (int.MaxValue, true);
        for (var step = 0; step < ready.Length; step++)
        {
            var one = ready[first + step < ready.Length ? first + step : first + step - ready.Length];
            if (tried.Contains(one)) continue;
            var rests = one.IsResting;
            if (preferred.Length > 0 && !rests && one.Token == preferred) return one;
            var load = one.InFlight;
            if (best is not null && (rests && !bestRests || rests == bestRests && load >= least)) continue;
            (best, least, bestRests) = (one, load, rests);
        }
        return best;
    }
}
