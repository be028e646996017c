namespace Boreal.Engine.Containers.Spec;

/// <summary>A terminal's size in character cells.</summary>
public sealed record ConsoleSize(uint Height, uint Width);
