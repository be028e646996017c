namespace Boreal.Client.Errors;

/// <summary>The daemon's answer breaks the protocol or ended too early.</summary>
public sealed class BrokenStreamException(string message) : IOException(message);
