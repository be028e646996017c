using System.Text.Encodings.Web;
using System.Text.Json;
using Boreal.Api.Images;
using Boreal.Daemon.Endpoints.Containers;
using Boreal.Daemon.Endpoints.Images;
using Boreal.Daemon.Http;
using Boreal.Engine.Archives;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Archives;

/// <summary>docker cp: a path of a container looked at, read and written.</summary>
internal sealed class ArchiveEndpoints(ContainerRegistry containers, ContainerArchives archives) : IEndpoints
{
    private const string StatHeader = "X-Docker-Container-Path-Stat";

    private static readonly ImagesJsonContext Json = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Map(RouteTable routes)
    {
        routes.Head("/containers/{id}/archive", Stat);
        routes.Get("/containers/{id}/archive", Get);
        routes.Put("/containers/{id}/archive", Put);
    }

    private async Task Stat(HttpContext context)
    {
        var (container, name, path) = Target(context);
        PathStat? stat = null;
        await BlockingBody.OnThreadAsync(() => stat = archives.Stat(container, name, path));
        if (stat is not null)
            context.Response.Headers[StatHeader] = Encode(stat);
    }

    private async Task Get(HttpContext context)
    {
        var (container, name, path) = Target(context);
        using var body = BlockingBody.Of(context);
        await BlockingBody.OnThreadAsync(() =>
        {
            archives.Download(
                container,
                name,
                path,
                stat =>
                {
                    context.Response.Headers[StatHeader] = Encode(stat);
                    // The work blocks anyway; the head must be out before the first byte of the archive.
                    context.StartStreamAsync("application/x-tar", context.Gone()).GetAwaiter().GetResult();
                    return body;
                },
                context.Gone());
            body.Flush();
        });
    }

    private async Task Put(HttpContext context)
    {
        var (container, name, path) = Target(context);
        var upload = new ArchiveUpload
        {
            Path = path,
            NoOverwriteDirNonDir = context.QueryBool("noOverwriteDirNonDir"),
            CopyUidGid = context.QueryBool("copyUIDGID"),
        };
        try
        {
            await archives.UploadAsync(container, name, upload, context.Request.Body, context.Gone());
        }
        catch (Exception exception)
        {
            throw ProgressAnswer.Translate(exception);
        }
    }

    private (ContainerSpec Container, string Name, string Path) Target(HttpContext context)
    {
        var path = context.QueryText("path");
        if (path.Length == 0)
            throw new EngineException(ErrorKind.Invalid, "bad parameter: path cannot be empty");
        var name = context.RouteValue("id");
        return (containers.Find(name).Spec, name, path);
    }

    private static string Encode(PathStat stat) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(
            new ContainerPathStat { Name = stat.Name, Size = stat.Size, Mode = stat.Mode, Modified = GoTime.Format(stat.Modified), LinkTarget = stat.LinkTarget },
            Json.ContainerPathStat));
}
