using Boreal.Engine.Errors;
using Boreal.Oci.Distribution;
using Boreal.Oci.References;

namespace Boreal.Engine.Transfers;

/// <summary>A registry's failures in the engine's terms and Docker's words.</summary>
internal static class TransferErrors
{
    public static EngineException OfPull(DistributionException exception, ImageReference reference) => exception switch
    {
        { Kind: DistributionErrorKind.Denied } => new EngineException(ErrorKind.NotFound,
            $"pull access denied for {reference.FamiliarName}, repository does not exist or may require 'docker login': {exception.Message}", exception),
        { Kind: DistributionErrorKind.NotFound, Code: "NAME_UNKNOWN" } => new EngineException(ErrorKind.NotFound, $"repository {reference.FamiliarName} not found: {exception.Message}", exception),
        { Kind: DistributionErrorKind.NotFound } => new EngineException(ErrorKind.NotFound, $"manifest for {reference.Familiar} not found: {exception.Message}", exception),
        // Not 401: the client would ask for a password of Docker Hub's.
        { Kind: DistributionErrorKind.Unauthorized } => new EngineException(ErrorKind.Remote, exception.Message, exception),
        _ => Of(exception),
    };

    /// <summary>A push does not say which of its many requests was refused.</summary>
    public static EngineException OfPush(DistributionException exception) =>
        exception is { Kind: DistributionErrorKind.Unauthorized, InnerException: DistributionException reason } ? Of(reason) : Of(exception);

    public static EngineException Of(DistributionException exception) => new(
        exception.Kind switch
        {
            DistributionErrorKind.NotFound => ErrorKind.NotFound,
            DistributionErrorKind.Denied => ErrorKind.Forbidden,
            // Not "unauthorized", as with Docker: to a 401 of ours its clients ask for a password and try again.
            _ => ErrorKind.Remote,
        },
        exception.Message, exception);
}
