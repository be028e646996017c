using Boreal.Api.Containers;
using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Images;
using Boreal.Cli.Commands.Options;
using Boreal.Cli.Parsing;
using Boreal.Cli.Session;
using Boreal.Oci.References;

namespace Boreal.Cli.Commands.Containers;

/// <summary>Creates a container for <c>run</c> and <c>create</c>: id file, warnings, what to do when the image is missing.</summary>
internal static class ContainerCreation
{
    public static async Task<string> CreateAsync(
        CliContext context, ContainerOptions options, ContainerCreateRequest request, CancellationToken cancellationToken)
    {
        if (options.IdFile.Value is { Length: > 0 } path && File.Exists(path))
            throw new CommandFailedException($"container ID file found, make sure the other container isn't running or delete {path}");
        if (options.Pull.Value is "always") await PullAsync(context, options, request.Image, cancellationToken);
        var created = await SendAsync(context, options, request, cancellationToken);
        foreach (var warning in created.Warnings ?? []) await context.Error.WriteLineAsync($"WARNING: {warning}");
        if (options.IdFile.Value is { Length: > 0 } file) await File.WriteAllTextAsync(file, created.Id, cancellationToken);
        return created.Id;
    }

    private static async Task<ContainerCreateResponse> SendAsync(
        CliContext context, ContainerOptions options, ContainerCreateRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Client.Containers.CreateAsync(request, options.Name.Value, options.Platform.Value, cancellationToken);
        }
        catch (ApiException problem) when (problem.Status is 404 && options.Pull.Value is not "never" && problem.Reason.Contains("No such image", StringComparison.Ordinal))
        {
            if (!options.Quiet.Value) await context.Error.WriteLineAsync($"Unable to find image '{ImageNames.WithTag(request.Image)}' locally");
            await PullAsync(context, options, request.Image, cancellationToken);
            return await context.Client.Containers.CreateAsync(request, options.Name.Value, options.Platform.Value, cancellationToken);
        }
    }

    private static async Task PullAsync(CliContext context, ContainerOptions options, string name, CancellationToken cancellationToken)
    {
        try
        {
            await new ImagePull(ImageReference.Parse(name).WithDefaultTag(), AllTags: false, options.Platform.Value, options.Quiet.Value) { ShowsOnError = true }
                .RunAsync(context, cancellationToken);
        }
        catch (ProgressFailedException problem)
        {
            throw new CommandFailedException(problem.Message, ExitCodes.Refused);
        }
    }
}
