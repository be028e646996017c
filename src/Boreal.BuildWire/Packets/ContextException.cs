namespace Boreal.BuildWire.Packets;

/// <summary>A client sent a folder that cannot be one.</summary>
internal sealed class ContextException(string message) : Exception(message);
