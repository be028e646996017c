namespace Boreal.Orchestrator.Scaling;

/// <summary>Why a decision is as it is.</summary>
/// <param name="Code">For programs: one word.</param>
/// <param name="Text">For people, with the numbers.</param>
public sealed record ScalingReason(string Code, string Text);
