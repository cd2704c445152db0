"""Static files with their content's hash in the name, so that browsers may keep them for ever."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also rewrites the addresses inside ES modules, so that one module finds the hashed name of the next."""

    support_js_module_import_aggregation = True
    manifest_strict = True
