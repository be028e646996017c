namespace Boreal.Engine.Networks;

/// <summary>What is kept of a network under its name.</summary>
internal sealed record NetworkRecord(string Id);
