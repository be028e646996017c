namespace Boreal.Engine.Runtime.Seccomp;

/// <summary>A processor and the other instruction sets its kernel also serves, in the runtime-spec's names.</summary>
internal sealed record SeccompArchitecture(string Name, IReadOnlyList<string> Secondary);
