using Boreal.Orchestrator.Scaling;

namespace Boreal.Tests.Unit.Orchestrator.Scaling;

/// <summary>
/// A service as queueing theory sees it, one second a step: replicas that serve <see cref="Rate"/> requests a second each, start
/// late, and may all wait for one database. Work that is not done waits.
/// </summary>
internal sealed class Plant(AutoscaleSettings settings, int seed = 1)
{
    private const double Rate = 50;
    private const int StartSeconds = 4;

    private readonly Random _random = new(seed);
    private readonly List<int> _born = [-100];
    private double _waiting;
    private double _answered;
    private double _worst;
    private int _now;
    private ScalingState _state = ScalingState.Begin(1, ScalingCase.Start);

    /// <summary>Seconds a request spends in the database; beyond what a replica itself needs.</summary>
    public double DatabaseSeconds { get; set; }

    /// <summary>Whether the ingress can be asked.</summary>
    public bool Measured { get; set; } = true;

    public List<int> Replicas { get; } = [];

    public List<double> ResponseTimes { get; } = [];

    public List<string> Reasons { get; } = [];

    public int Reversals => Replicas.Zip(Replicas.Skip(1), (before, after) => Math.Sign(after - before)).Where(step => step is not 0)
        .Aggregate((Last: 0, Count: 0), (seen, step) => (step, seen.Count + (seen.Last is not 0 && step != seen.Last ? 1 : 0))).Count;

    public void Run(int seconds, Func<int, double> load)
    {
        for (var second = 0; second < seconds; second++)
        {
            Serve(load(second) * (0.95 + (_random.NextDouble() * 0.1)));
            if (++_now % (int)settings.Interval.TotalSeconds is 0) Scale();
            Replicas.Add(_born.Count);
        }
    }

    private void Serve(double arriving)
    {
        var ready = Math.Max(_born.Count(born => born + StartSeconds <= _now), 1);
        var capacity = ready * Rate;
        _waiting += arriving;
        var done = Math.Min(_waiting, capacity);
        _waiting -= done;
        // M/M/1 below saturation, the queue's length above it.
        var usage = Math.Min(arriving / capacity, 0.99);
        var seconds = (1 / Rate / (1 - usage)) + (_waiting / capacity) + DatabaseSeconds;
        _answered += done;
        _worst = Math.Max(_worst, seconds);
        _usage += done / capacity;
        ResponseTimes.Add(seconds);
    }

    private double _usage;

    private void Scale()
    {
        var interval = settings.Interval.TotalSeconds;
        var sample = new ServiceSample(_born.Count, [.. _born.Select(born => new ReplicaSample(TimeSpan.FromSeconds(_now - born), born + StartSeconds <= _now, _usage / interval, null))])
        {
            Traffic = Measured ? new(_answered / interval * _worst, _answered / interval, (long)_answered, 0, new Dictionary<double, double> { [0.95] = _worst }) : null,
        };
        var decision = Autoscaler.Decide(settings, _state, sample, ScalingCase.Start.AddSeconds(_now));
        _state = decision.State;
        Reasons.AddRange(decision.Reasons.Select(reason => reason.Code));
        while (_born.Count < decision.Replicas) _born.Add(_now);
        if (_born.Count > decision.Replicas) _born.RemoveRange(decision.Replicas, _born.Count - decision.Replicas);
        (_answered, _worst, _usage) = (0, 0, 0);
    }
}
