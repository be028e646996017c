namespace Boreal.Ingress.Backends;

/// <summary>
/// Whose turn it is. Backends take turns as long as they have about as much to do; one that has clearly more than the least busy is left
/// out until it has caught up.
/// </summary>
internal sealed class Rotation
{
    /// <summary>Requests that a backend may have more than the least busy and still take its turn.</summary>
    public const int Slack = 1;

    private int _turn;

    /// <summary>One of those not tried yet, which rests only when all of them do; null when there is none.</summary>
    public Backend? Next(Backend[] ready, ReadOnlySpan<Backend> tried)
    {
        if (LeastBusy(ready, tried) is not { } least) return null;
        if (ready.Length == 1) return least;
        var (rests, most) = (least.IsResting, least.InFlight + Slack);
        // Who is left out uses up a turn: with an order kept by position, its neighbour would get all that it does not.
        for (var step = 0; step < ready.Length; step++)
        {
            var one = ready[(int)((uint)Interlocked.Increment(ref _turn) % (uint)ready.Length)];
            if (!tried.Contains(one) && one.IsResting == rests && one.InFlight <= most) return one;
        }
        // Others took their turns meanwhile.
        return least;
    }

    private static Backend? LeastBusy(Backend[] ready, ReadOnlySpan<Backend> tried)
    {
        Backend? least = null;
        var (load, rests) = (int.MaxValue, true);
        foreach (var one in ready)
        {
            if (tried.Contains(one)) continue;
            var (ones, isResting) = (one.InFlight, one.IsResting);
            if (least is not null && (isResting && !rests || isResting == rests && ones >= load)) continue;
            (least, load, rests) = (one, ones, isResting);
        }
        return least;
    }
}
