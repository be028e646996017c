using Boreal.Build.Dockerfile.Instructions;

namespace Boreal.Build.Dockerfile.Stages;

/// <summary>A Dockerfile's stages, and the arguments in front of the first one, which every FROM may use.</summary>
internal sealed record StageList(IReadOnlyList<ArgInstruction> GlobalArguments, IReadOnlyList<Stage> Stages);
