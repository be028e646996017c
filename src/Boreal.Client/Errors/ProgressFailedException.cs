namespace Boreal.Client.Errors;

/// <summary>The daemon began a long piece of work and could not finish it; the message is its own.</summary>
public sealed class ProgressFailedException(string message) : Exception(message);
