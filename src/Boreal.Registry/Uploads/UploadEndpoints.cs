using Boreal.Oci.Content;
using Boreal.Registry.Blobs;
using Boreal.Registry.Errors;
using Boreal.Registry.Http;
using Boreal.Registry.Metrics;
using Boreal.Registry.Origins;
using Boreal.Registry.Permissions;
using Boreal.Registry.Repositories;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Uploads;

/// <summary><c>/v2/NAME/blobs/uploads/</c>: beginning, going on with and finishing an upload, and mounting.</summary>
internal sealed class UploadEndpoints(UploadStore uploads, UploadReceiver receiver, BlobMounts mounts, IAccess access, IOrigin? origin)
{
    public async Task BeginAsync(HttpContext context, RepositoryName repository)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
            throw RegistryException.Unsupported("an upload begins with POST");
        await RequirePushAsync(context, repository);
        var query = context.Request.Query;
        var (mount, digest) = ((string?)query["mount"], (string?)query["digest"]);
        if (mount is not null && await mounts.TryMountAsync(context, repository, Digests.Parse(mount)))
        {
            AnswerBlob(context, repository, Digests.Parse(mount));
            return;
        }
        Digest? expected = string.IsNullOrEmpty(digest) ? null : Digests.Parse(digest);
        var upload = uploads.Begin(repository, expected is { } known ? ContentHash.AlgorithmOf(known) : AlgorithmAsked(query["digest-algorithm"]));
        if (expected is { } whole)
            await ReceiveWholeAsync(context, upload, whole);
        else
            AnswerProgress(context, upload, StatusCodes.Status202Accepted);
    }

    public async Task HandleAsync(HttpContext context, RepositoryName repository, string id)
    {
        await RequirePushAsync(context, repository);
        var method = context.Request.Method;
        var upload = uploads.Find(repository, id);
        var isStatus = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        if (!isStatus && !HttpMethods.IsPatch(method) && !HttpMethods.IsPut(method) && !HttpMethods.IsDelete(method))
            throw RegistryException.Unsupported("an upload takes PATCH, PUT, GET and DELETE");
        using var claim = await upload.ClaimAsync(context.RequestAborted);
        using var tally = new UploadTally(context, upload);
        if (isStatus)
        {
            // Who asks wants to go on from there: what an earlier connection still brings must not come after the answer.
            AnswerProgress(context, upload, StatusCodes.Status204NoContent);
        }
        else if (HttpMethods.IsDelete(method))
        {
            uploads.End(upload);
            context.Answer(StatusCodes.Status204NoContent);
        }
        else if (HttpMethods.IsPatch(method))
        {
            await receiver.ReceiveAsync(context, upload, claim.CancellationToken);
            AnswerProgress(context, upload, StatusCodes.Status202Accepted);
        }
        else
        {
            var digest = Digests.Parse(context.Request.Query["digest"]);
            await receiver.FinishAsync(context, upload, digest, claim.CancellationToken);
            AnswerBlob(context, repository, digest);
        }
    }

    /// <summary>A blob in one request. Nobody knows the upload's name, so what is cut is of no use.</summary>
    private async Task ReceiveWholeAsync(HttpContext context, Upload upload, Digest digest)
    {
        using var claim = await upload.ClaimAsync(context.RequestAborted);
        using var tally = new UploadTally(context, upload);
        try
        {
            await receiver.FinishAsync(context, upload, digest, claim.CancellationToken);
        }
        catch
        {
            uploads.End(upload);
            throw;
        }
        AnswerBlob(context, upload.Repository, digest);
    }

    private async ValueTask RequirePushAsync(HttpContext context, RepositoryName repository)
    {
        await access.RequireAsync(context, AccessQuestion.Of(repository, RepositoryActions.Pull | RepositoryActions.Push));
        if (origin is not null)
            throw RegistryException.Unsupported("this registry is a cache of another one: push there");
    }

    private static DigestAlgorithm AlgorithmAsked(string? name) => name switch
    {
        null or "" or "sha256" => DigestAlgorithm.Sha256,
        "sha512" => DigestAlgorithm.Sha512,
        _ => throw new RegistryException(RegistryErrorCode.DigestInvalid, "digest algorithm not supported: use sha256 or sha512") { Detail = name },
    };

    private static void AnswerProgress(HttpContext context, Upload upload, int status)
    {
        var headers = context.Response.Headers;
        headers.Location = $"/v2/{upload.Repository}/blobs/uploads/{upload.Id}";
        // For nothing the protocol has no words: 0-0, as Docker's clients expect it.
        headers.Range = $"0-{Math.Max(upload.Length - 1, 0)}";
        headers["Docker-Upload-Uuid"] = upload.Id;
        context.Answer(status);
    }

    private static void AnswerBlob(HttpContext context, RepositoryName repository, Digest digest)
    {
        context.Response.Headers.Location = $"/v2/{repository}/blobs/{digest}";
        context.Response.Headers[Answers.DigestHeader] = digest.Value;
        context.Answer(StatusCodes.Status201Created);
    }
}
