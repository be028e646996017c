namespace Boreal.Build.Progress;

/// <summary>Steps that clients show as one.</summary>
internal sealed record StepGroup(string Id, string Name, bool IsWeak);
