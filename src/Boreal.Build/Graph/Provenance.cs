namespace Boreal.Build.Graph;

/// <summary>Where an operation comes from, for people: it has no part in what the operation is.</summary>
/// <param name="Name">How progress shows it.</param>
/// <param name="Origin">The place in whatever the plan was made from, which only its maker understands.</param>
public sealed record Provenance(string Name, object? Origin = null);
