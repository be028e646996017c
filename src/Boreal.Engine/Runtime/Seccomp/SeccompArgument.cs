namespace Boreal.Engine.Runtime.Seccomp;

/// <summary>A condition on one argument of a call, in the runtime-spec's terms.</summary>
internal sealed record SeccompArgument(uint Index, ulong Value, ulong? SecondValue, string Operator);
