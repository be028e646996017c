using Boreal.Api.Images;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Transfers;

namespace Boreal.Daemon.Endpoints.Images;

/// <summary>Images in and out: pull, import, load, save.</summary>
internal sealed class ImageTransferEndpoints(ImageImporter importer, ImageLoader loader, ImageSaver saver, ImagePuller puller) : IEndpoints
{
    public void Map(RouteTable routes)
    {
        routes.Post("/images/create", Create);
        routes.Post("/images/load", Load);
        routes.Get("/images/get", SaveSeveral);
        routes.Get("/images/{name*}/get", SaveOne);
    }

    private Task Create(HttpContext context) => context.QueryText("fromImage").Length > 0 || context.QueryText("fromSrc").Length == 0 ? Pull(context) : Import(context);

    private async Task Pull(HttpContext context)
    {
        var request = new PullRequest
        {
            Reference = ImageNames.ToPull(context.QueryText("fromImage"), context.QueryText("tag")),
            Platform = context.QueryText("platform") is { Length: > 0 } platform ? PlatformChoice.Parse(platform) : null,
            Credentials = RegistryAuth.Read(context),
        };
        var answer = new ProgressAnswer(context);
        await answer.RunAsync(() => puller.PullAsync(request, answer.Send, context.Gone()), context.Gone());
    }

    private async Task Import(HttpContext context)
    {
        var source = context.QueryText("fromSrc");
        if (source != "-")
            throw new EngineException(ErrorKind.NotImplemented, "importing from a URL is not supported yet: download it and import the file");

        var import = new ImageImport
        {
            Reference = ImageNames.FromQuery(context.QueryText("repo"), context.QueryText("tag"))?.ToString(),
            Message = context.QueryText("message"),
            Changes = [.. context.Request.Query["changes"].OfType<string>()],
            Platform = context.QueryText("platform"),
        };
        var answer = new ProgressAnswer(context);
        await answer.RunAsync(
            async () =>
            {
                var image = await Guarded(() => importer.ImportAsync(context.Request.Body, import, context.Gone()));
                answer.Send(new ProgressMessage { Status = image.Id.ToString() });
            },
            context.Gone());
    }

    private async Task Load(HttpContext context)
    {
        var quiet = context.QueryBool("quiet", whenMissing: true);
        await context.StartStreamAsync("application/json", context.Gone());
        var answer = new ProgressAnswer(context);
        await answer.RunAsync(
            () => Guarded(async () =>
            {
                await loader.LoadAsync(
                    context.Request.Body,
                    notice =>
                    {
                        if (!quiet || notice.Text is not null)
                            answer.Send(ProgressAnswer.FromNotice(notice));
                    },
                    context.Gone());
                return true;
            }),
            context.Gone());
    }

    private Task SaveOne(HttpContext context) => Save(context, [context.RouteValue("name")]);

    private Task SaveSeveral(HttpContext context) => Save(context, [.. context.Request.Query["names"].OfType<string>()]);

    private async Task Save(HttpContext context, IReadOnlyList<string> names)
    {
        var images = saver.Resolve(names);
        await context.StartStreamAsync("application/x-tar", context.Gone());
        await BlockingBody.WriteAsync(context, target => saver.Save(images, target, context.Gone()));
    }

    private static async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception)
        {
            throw ProgressAnswer.Translate(exception);
        }
    }
}
