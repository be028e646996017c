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
    private readonly Rotation _rotation = new();

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

    /// <summary>Enters the backend whose turn it is, or the one preferred while it is well; null when there is none that has not been tried.</summary>
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

    private Backend? Choose(Backend[] ready, ReadOnlySpan<Backend> tried, string preferred) =>
        Preferred(ready, tried, preferred) ?? _rotation.Next(ready, tried);

    private static Backend? Preferred(Backend[] ready, ReadOnlySpan<Backend> tried, string preferred)
    {
        if (preferred.Length == 0) return null;
        foreach (var one in ready)
        {
            if (one.Token == preferred) return one.IsResting || tried.Contains(one) ? null : one;
        }
        return null;
    }
}
