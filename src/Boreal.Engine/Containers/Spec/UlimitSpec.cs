namespace Boreal.Engine.Containers.Spec;

/// <summary>One resource limit, named as in setrlimit(2) without RLIMIT_, lower case.</summary>
public sealed record UlimitSpec(string Name, long Soft, long Hard);
