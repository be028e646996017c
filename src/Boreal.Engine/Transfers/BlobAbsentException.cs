namespace Boreal.Engine.Transfers;

/// <summary>The bytes of a blob are wanted that are not here: it can only be mounted.</summary>
internal sealed class BlobAbsentException() : IOException("the blob's bytes are not here");
