namespace Boreal.Api.Node;

/// <summary>Whom an event is about.</summary>
public sealed record EventActor
{
    public string ID { get; init; } = "";

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}
