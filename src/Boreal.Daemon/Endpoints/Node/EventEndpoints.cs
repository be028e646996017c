using System.Globalization;
using Boreal.Api.Node;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;
using Boreal.Engine.Events;

namespace Boreal.Daemon.Endpoints.Node;

/// <summary>What happened and what happens, one JSON document per line until the client leaves or <c>until</c> is reached.</summary>
internal sealed class EventEndpoints(EventLog events, TimeProvider time) : IEndpoints
{
    public void Map(RouteTable routes) => routes.Get("/events", Stream);

    private async Task Stream(HttpContext context)
    {
        var since = Instant(context, "since");
        var until = Instant(context, "until");
        if (since is { } from && until is { } to && to < from)
            throw new EngineException(ErrorKind.Invalid, $"`since` time ({from.ToUnixTimeSeconds()}) cannot be after `until` time ({to.ToUnixTimeSeconds()})");
        var filter = new EventFilter(context.QueryFilters());

        // Subscribed before the head is sent: what a client does after it has seen the head, it must see here.
        using var subscription = events.Subscribe();
        await context.StartStreamAsync("application/json", context.Gone());
        foreach (var happened in Past(subscription, since, until).Where(filter.Includes))
            await SendAsync(context, happened);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.Gone());
        using var timer = until is { } end ? CancelIn(end - time.GetUtcNow(), ends) : null;
        while (await WaitAsync(subscription, ends.Token))
        {
            while (subscription.Live.TryRead(out var happened))
            {
                if (filter.Includes(happened))
                    await SendAsync(context, happened);
            }
        }
    }

    /// <summary>Without a time only the future counts.</summary>
    private static IEnumerable<EngineEvent> Past(EventSubscription subscription, DateTimeOffset? since, DateTimeOffset? until) =>
        since is null && until is null
            ? []
            : subscription.Past.Where(past => (since is null || past.Time >= since) && (until is null || past.Time <= until));

    private ITimer? CancelIn(TimeSpan left, CancellationTokenSource ends)
    {
        if (left > TimeSpan.Zero)
            return time.CreateTimer(static state => ((CancellationTokenSource?)state)?.Cancel(), ends, left, Timeout.InfiniteTimeSpan);
        ends.Cancel();
        return null;
    }

    private static Task SendAsync(HttpContext context, EngineEvent happened) =>
        context.SendJsonLineAsync(Write(happened), NodeJsonContext.Default.EventMessage, context.Gone());

    private static async Task<bool> WaitAsync(EventSubscription subscription, CancellationToken ended)
    {
        try
        {
            return await subscription.Live.WaitToReadAsync(ended);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static EventMessage Write(EngineEvent happened)
    {
        var isContainer = happened.Type == "container";
        var isLegacy = isContainer || happened.Type == "image";
        return new EventMessage
        {
            Status = isLegacy ? happened.Action : null,
            Id = isLegacy ? happened.ActorId : null,
            From = isContainer ? happened.Attributes.GetValueOrDefault("image") : null,
            Type = happened.Type,
            Action = happened.Action,
            Actor = new EventActor { ID = happened.ActorId, Attributes = happened.Attributes },
            Time = happened.Time.ToUnixTimeSeconds(),
            TimeNano = (happened.Time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick,
        };
    }

    /// <summary>Seconds since 1970 with up to nine decimals, as clients send whatever people wrote.</summary>
    private static DateTimeOffset? Instant(HttpContext context, string name)
    {
        var text = context.QueryText(name);
        if (text.Length == 0)
            return null;
        var dot = text.IndexOf('.');
        var seconds = dot < 0 ? text : text[..dot];
        var fraction = dot < 0 ? "0" : text[(dot + 1)..];
        if (long.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            && fraction.Length <= 9 && long.TryParse(fraction.PadRight(9, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds)
            && whole is > -62_135_596_800 and < 253_402_300_800)
            return DateTimeOffset.FromUnixTimeSeconds(whole).AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
        throw new EngineException(ErrorKind.Invalid, $"strconv.ParseInt: parsing \"{text}\": invalid syntax");
    }
}
