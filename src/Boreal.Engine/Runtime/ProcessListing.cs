namespace Boreal.Engine.Runtime;

/// <summary>A table of processes: column titles and one row of as many cells per process.</summary>
public sealed record ProcessListing(IReadOnlyList<string> Titles, IReadOnlyList<IReadOnlyList<string>> Processes);
