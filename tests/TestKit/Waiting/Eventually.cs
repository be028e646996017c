namespace Boreal.Tests.TestKit.Waiting;

/// <summary>Waits for a condition with a deadline: tests never sleep for a fixed time.</summary>
public static class Eventually
{
    /// <summary>
    /// For all that only has to happen at all. Waiting costs nothing when it happens at once, so this is long enough for a slow machine
    /// with much else to do.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns when <paramref name="condition"/> holds; fails with <paramref name="what"/> when it does not in time.</summary>
    public static Task HoldsAsync(Func<bool> condition, string what, TimeSpan? within = null) =>
        HoldsAsync(() => Task.FromResult(condition()), what, within);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, string, TimeSpan?)"/>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        var deadline = new Deadline(within ?? Patience);
        while (!await condition())
        {
            if (deadline.HasPassed) throw new TimeoutException($"did not happen within {deadline.Duration.TotalSeconds:0.#} s: {what}");
            await Task.Delay(Interval, TimeProvider.System);
        }
    }

    /// <summary>Polls <paramref name="read"/> until it gives something, and returns that.</summary>
    public static async Task<T> GivesAsync<T>(Func<Task<T?>> read, string what, TimeSpan? within = null)
        where T : class
    {
        T? found = null;
        await HoldsAsync(async () => (found = await read()) is not null, what, within);
        return found ?? throw new InvalidOperationException(what);
    }
}
