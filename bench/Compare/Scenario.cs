namespace Boreal.Bench.Compare;

/// <summary>Some work that gives a figure for each of its rows, done on one engine at a time.</summary>
internal abstract class Scenario
{
    public abstract string Name { get; }

    public abstract IReadOnlyList<Row> Rows { get; }

    /// <summary>Short work is measured often, long work seldom.</summary>
    public virtual bool IsLong => false;

    public virtual Task PrepareAsync(Engine engine) => Task.CompletedTask;

    /// <summary>One figure per row, in the rows' order.</summary>
    public abstract Task<IReadOnlyList<double>> MeasureAsync(Engine engine);

    public virtual Task CleanAsync(Engine engine) => Task.CompletedTask;

    /// <summary>The least the machine can do the first row in, if that can be measured without an engine.</summary>
    public virtual Task<double?> FloorAsync() => Task.FromResult<double?>(null);
}
