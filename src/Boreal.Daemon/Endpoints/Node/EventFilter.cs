using Boreal.Daemon.Http;
using Boreal.Engine.Events;

namespace Boreal.Daemon.Endpoints.Node;

/// <summary>Which events a client wants, by Docker's rules: different keys must all fit, of one key's values any. Unknown keys filter nothing.</summary>
internal sealed class EventFilter(FilterSet filters)
{
    /// <summary>The types whose events can be asked for by the actor's id or name, under the type's own key.</summary>
    private static readonly string[] Named = ["container", "plugin", "volume", "network", "daemon", "node", "service", "secret", "config"];

    // Actions with a payload ("exec_create: sh") are asked for by their first word.
    private readonly bool _byPrefix = filters.Get("event").Any(action => action is "exec_create" or "exec_start" or "health_status");

    public bool Includes(EngineEvent happened) =>
        IsAction(happened.Action)
        && filters.Matches("type", happened.Type)
        && filters.Matches("scope", "local")
        && Array.TrueForAll(Named, type => IsActor(type, happened))
        && IsImage(happened)
        && filters.MatchesLabels("label", happened.Attributes);

    private bool IsAction(string action) =>
        filters.MatchesAny("event", wanted => wanted == action || (_byPrefix && action.StartsWith(wanted, StringComparison.Ordinal)));

    private bool IsActor(string type, EngineEvent happened) =>
        filters.MatchesAny(type, wanted =>
            happened.ActorId.StartsWith(wanted, StringComparison.Ordinal)
            || happened.Attributes.GetValueOrDefault("name", "").StartsWith(wanted, StringComparison.Ordinal));

    private bool IsImage(EngineEvent happened)
    {
        var name = happened.Attributes.GetValueOrDefault(happened.Type == "image" ? "name" : "image", "");
        return filters.MatchesAny("image", wanted =>
            wanted == happened.ActorId || wanted == name || wanted == WithoutTag(happened.ActorId) || wanted == WithoutTag(name));
    }

    private static string WithoutTag(string image)
    {
        var at = image.IndexOf('@');
        if (at >= 0)
            return image[..at];
        var colon = image.LastIndexOf(':');
        return colon > image.LastIndexOf('/') ? image[..colon] : image;
    }
}
